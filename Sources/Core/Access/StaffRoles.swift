extension StaffRole {
    /// What each role carries, as data (K2). Anything not named here is denied.
    public var actions: Set<Action> {
        switch self {
        case .contactSteward:
            [
                "desk.open", "case.view", "contact.view", "access-request.view", "access-request.answer", "contact.link",
                "contact.correct",
                "ticket.view", "ticket.answer",
            ]
        case .intake: ["desk.open", "case.view", "contact.view", "ticket.view", "ticket.answer"]
        case .reviewer, .inspector: ["desk.open", "case.view"]
        case .cashier: ["desk.open", "case.view"]
        case .codeOfficer: ["desk.open", "case.view"]
        case .supervisor:
            [
                "desk.open", "case.view", "contact.view", "access-request.view", "access-request.answer", "contact.link",
                "contact.correct",
                "ticket.view", "ticket.answer", "pack.view",
            ]
        case .administrator: ["desk.open", "pack.view", "staff.manage", "system.operate"]
        }
    }
}
