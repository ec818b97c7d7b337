internal import Foundation
internal import Primitives

let operationsWords = WordSource(module: "Operations", folder: Bundle.module.bundlePath + "/Words")
