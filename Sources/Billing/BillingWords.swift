internal import Foundation
internal import Primitives

let billingWords = WordSource(module: "Billing", folder: Bundle.module.bundlePath + "/Words")
