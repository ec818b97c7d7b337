internal import Foundation
internal import Primitives

let contactsWords = WordSource(module: "Contacts", folder: Bundle.module.bundlePath + "/Words")
