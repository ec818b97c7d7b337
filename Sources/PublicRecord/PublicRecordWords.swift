internal import Foundation
internal import Primitives

let publicRecordWords = WordSource(module: "PublicRecord", folder: Bundle.module.bundlePath + "/Words")
