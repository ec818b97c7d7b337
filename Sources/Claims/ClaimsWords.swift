internal import Foundation
internal import Primitives

let claimsWords = WordSource(module: "Claims", folder: Bundle.module.bundlePath + "/Words")
