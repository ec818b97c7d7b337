internal import Foundation
internal import Primitives

let coreWords = WordSource(module: "Core", folder: Bundle.module.bundlePath + "/Words")
