extension StaffRole {
    /// What each role carries, as data (K2). Anything not named here is denied.
    public var actions: Set<Action> {
        switch self {
        case .contactSteward:
            [
                "desk.open", "case.view", "contact.view", "access-request.view", "access-request.answer", "contact.link",
                "import.view",
            ]
        case .intake: ["desk.open", "case.view", "contact.view"]
        case .reviewer, .inspector: ["desk.open", "case.view"]
        case .cashier: ["desk.open", "case.view"]
        case .codeOfficer: ["desk.open", "case.view"]
        case .supervisor:
            [
                "desk.open", "case.view", "contact.view", "access-request.view", "access-request.answer", "contact.link",
                "pack.view", "import.view",
            ]
        case .administrator: ["desk.open", "pack.view", "staff.manage", "system.operate", "import.view"]
        }
    }
}
