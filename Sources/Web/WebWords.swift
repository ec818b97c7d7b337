internal import Foundation
public import Primitives

/// The words of the form layer.
public let webWords = WordSource(module: "Web", folder: Bundle.module.bundlePath + "/Words")
