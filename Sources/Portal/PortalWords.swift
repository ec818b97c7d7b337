internal import Foundation
internal import Primitives

let portalWords = WordSource(module: "Portal", folder: Bundle.module.bundlePath + "/Words")
