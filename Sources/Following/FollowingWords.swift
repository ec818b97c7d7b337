internal import Foundation
internal import Primitives

let followingWords = WordSource(module: "Following", folder: Bundle.module.bundlePath + "/Words")
