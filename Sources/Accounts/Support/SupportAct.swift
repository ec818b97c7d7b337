internal import Core
internal import Primitives

/// What staff can do for somebody who cannot get in (A8). Setting or seeing a password is not among it.
enum SupportAct: String, Sendable, CaseIterable {
    case endDelay = "end-delay"
    case confirmation
    case reset
    case endSessions = "end-sessions"
    case removeSecondStep = "remove-second-step"

    /// Of the page, and of the link to it.
    var title: WordKey {
        switch self {
        case .endDelay: "accounts.support.endDelay"
        case .confirmation: "accounts.support.confirmation"
        case .reset: "accounts.support.reset"
        case .endSessions: "accounts.support.endSessions"
        case .removeSecondStep: "accounts.support.removeSecondStep"
        }
    }

    /// What it does, before anybody presses the button.
    var explanation: WordKey {
        switch self {
        case .endDelay: "accounts.support.endDelayWhat"
        case .confirmation: "accounts.support.confirmationWhat"
        case .reset: "accounts.support.resetWhat"
        case .endSessions: "accounts.support.endSessionsWhat"
        case .removeSecondStep: "accounts.support.removeSecondStepWhat"
        }
    }

    var done: WordKey {
        switch self {
        case .endDelay: "accounts.support.endDelayDone"
        case .confirmation: "accounts.support.confirmationDone"
        case .reset: "accounts.support.resetDone"
        case .endSessions: "accounts.support.endSessionsDone"
        case .removeSecondStep: "accounts.support.removeSecondStepDone"
        }
    }

    /// In the mail to the person. The one about the second step is a mail of its own, with a link that stops it.
    var mailed: WordKey? {
        switch self {
        case .endDelay: "accounts.mail.helped.endDelay"
        case .confirmation: "accounts.mail.helped.confirmation"
        case .reset: "accounts.mail.helped.reset"
        case .endSessions: "accounts.mail.helped.endSessions"
        case .removeSecondStep: nil
        }
    }

    /// In the activity of the account.
    var told: WordKey {
        switch self {
        case .endDelay: "accounts.fact.helpedEndDelay"
        case .confirmation: "accounts.fact.helpedConfirmation"
        case .reset: "accounts.fact.helpedReset"
        case .endSessions: "accounts.fact.helpedEndSessions"
        case .removeSecondStep: "accounts.fact.helpedSecondStep"
        }
    }
}
