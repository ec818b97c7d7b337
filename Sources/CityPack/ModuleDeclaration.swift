public import Primitives

/// How the city calls a kind of case, and whether people can apply for it here.
public struct ModuleDeclaration: Sendable, Hashable {
    public let module: CaseModule
    public let isOpen: Bool
    /// "Permit".
    public let name: LocalizedText
    /// "Permits".
    public let plural: LocalizedText
}
