import Accounts
import Core
import TestSupport

extension TestCity {
    func visitor(_ account: AccountID) async throws -> Browser {
        let browser = browser()
        try await browser.signIn(account)
        return browser
    }

    /// Somebody at the desk with this role.
    func desk(_ role: StaffRole = .contactSteward, email: String = "steward@city.example") async throws -> Browser {
        let browser = browser()
        try await browser.signIn(try await staff(role, email: email), staff: true)
        return browser
    }
}
