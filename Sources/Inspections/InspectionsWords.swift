internal import Foundation
internal import Primitives

let inspectionsWords = WordSource(module: "Inspections", folder: Bundle.module.bundlePath + "/Words")
