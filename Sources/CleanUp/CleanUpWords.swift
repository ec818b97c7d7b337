internal import Foundation
internal import Primitives

let cleanUpWords = WordSource(module: "CleanUp", folder: Bundle.module.bundlePath + "/Words")
