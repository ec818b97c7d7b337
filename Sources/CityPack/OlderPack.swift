internal import Primitives

/// What packs could not say before, as it was then: versions that the database keeps from that time are read with this.
enum OlderPack {
    /// The files that came later.
    static let files = [
        "roles.yaml": roles, "modules.yaml": modules, "departments.yaml": "departments: []", "topics.yaml": "topics: []",
        "macros.yaml": "macros: []", "notices.yaml": "notices: []",
    ]

    /// The only department there was.
    static func department(of city: City) -> Department {
        Department(
            key: "department", name: LocalizedText(english: city.department, spanish: city.department), phone: city.phone,
            email: city.email, address: city.address, opening: [:], hours: city.hours)
    }

    private static let modules = """
        modules:
          - { key: permit, open: true, name: { en: Permit, es: Permiso }, plural: { en: Permits, es: Permisos } }
          - { key: plan, open: true, name: { en: Plan, es: Plan }, plural: { en: Plans, es: Planes } }
          - { key: license, open: true, name: { en: License, es: Licencia }, plural: { en: Licenses, es: Licencias } }
          - { key: code, open: true, name: { en: Code case, es: Caso del código }, plural: { en: Code cases, es: Casos del código } }
          - { key: request, open: true, name: { en: Request, es: Solicitud }, plural: { en: Requests, es: Solicitudes } }
        """

    /// The roles that stood in the program. The administrator may publish: otherwise nobody could publish a pack with roles.
    private static let roles = """
        roles:
          - key: contact-steward
            name: { en: Contact steward, es: Encargado de contactos }
            explanation: { en: Decides which records belong to whom., es: Decide qué registros son de quién. }
            may: [desk.open, case.view, contact.view, access-request.view, access-request.answer, contact.link]
          - key: intake
            name: { en: Intake, es: Recepción }
            explanation: { en: Takes applications in., es: Recibe solicitudes. }
            may: [desk.open, case.view, contact.view]
          - key: reviewer
            name: { en: Reviewer, es: Revisor }
            explanation: { en: Reviews applications., es: Revisa solicitudes. }
            may: [desk.open, case.view]
          - key: inspector
            name: { en: Inspector, es: Inspector }
            explanation: { en: Inspects work., es: Inspecciona obras. }
            may: [desk.open, case.view]
          - key: cashier
            name: { en: Cashier, es: Cajero }
            explanation: { en: Takes payments., es: Recibe pagos. }
            may: [desk.open, case.view]
          - key: code-officer
            name: { en: Code officer, es: Oficial de cumplimiento }
            explanation: { en: Works on code cases., es: Atiende casos del código. }
            may: [desk.open, case.view]
          - key: supervisor
            name: { en: Supervisor, es: Supervisor }
            explanation: { en: Answers for a team., es: Responde por un equipo. }
            may: [desk.open, case.view, contact.view, access-request.view, access-request.answer, contact.link, account.support, pack.view]
          - key: administrator
            name: { en: Administrator, es: Administrador }
            explanation: { en: Looks after the system., es: Cuida el sistema. }
            may: [desk.open, pack.view, pack.publish, staff.manage, account.support, system.operate]
        """
}
