internal import Foundation
internal import Primitives

let casesWords = WordSource(module: "Cases", folder: Bundle.module.bundlePath + "/Words")
