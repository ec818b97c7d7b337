internal import Foundation
internal import Primitives

let accountsWords = WordSource(module: "Accounts", folder: Bundle.module.bundlePath + "/Words")
