internal import Core
internal import HTML
internal import Primitives
internal import Web

/// The language of pages and mail, per person (A9).
let preferredLanguage = Field.choice("language", label: "accounts.language.label", isRequired: false)

/// Each language by its own name.
let languageChoices = Language.allCases.map { language in
    switch language {
    case .english: Choice(value: language.rawValue, title: "English")
    case .spanish: Choice(value: language.rawValue, title: "Español")
    }
}
