internal import Foundation
internal import Primitives

let importWords = WordSource(module: "Import", folder: Bundle.module.bundlePath + "/Words")
