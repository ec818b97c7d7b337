internal import Foundation
internal import Primitives

let placesWords = WordSource(module: "Places", folder: Bundle.module.bundlePath + "/Words")
