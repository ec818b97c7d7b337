internal import Foundation
internal import Primitives

let helpDeskWords = WordSource(module: "HelpDesk", folder: Bundle.module.bundlePath + "/Words")
