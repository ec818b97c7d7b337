extension Guide {
    static let contactTypes = Guide(
        GuideAddresses.contactTypes, title: "portal.types.title", lead: "portal.types.lead", opening: [.contactTypes])
}
