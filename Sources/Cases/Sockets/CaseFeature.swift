public import Core

/// A module that adds something to cases: a tab, an action, a reason why not, a card on the dashboard. Everything is optional.
public protocol CaseFeature: Feature {
    var caseTabs: [CaseTab] { get }
    var caseActions: [CaseAction] { get }
    var obstacles: [ObstacleSource] { get }
    var attentionReasons: [AttentionReason] { get }
    var dashboardCards: [DashboardCard] { get }
    var olderCaseWays: [OlderCaseWay] { get }
    var casePanels: [CasePanel] { get }
    var evidenceSources: [EvidenceSource] { get }
}

extension CaseFeature {
    public var caseTabs: [CaseTab] { [] }
    public var caseActions: [CaseAction] { [] }
    public var obstacles: [ObstacleSource] { [] }
    public var attentionReasons: [AttentionReason] { [] }
    public var dashboardCards: [DashboardCard] { [] }
    public var olderCaseWays: [OlderCaseWay] { [] }
    public var casePanels: [CasePanel] { [] }
    public var evidenceSources: [EvidenceSource] { [] }
}

extension CityContext {
    var caseFeatures: [any CaseFeature] { features.compactMap { $0 as? any CaseFeature } }
}
