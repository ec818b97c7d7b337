internal import Foundation
internal import Primitives

let administrationWords = WordSource(module: "Administration", folder: Bundle.module.bundlePath + "/Words")
