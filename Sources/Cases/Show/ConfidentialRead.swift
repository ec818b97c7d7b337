internal import Core

extension SeenCase {
    /// Who reads a confidential case is kept, staff and parties alike.
    func note(in visit: Visit) async {
        guard record.isConfidential else { return }
        await visit.note(SecurityEvent(.confidentialRead, account: visit.principal.signedIn, subject: number))
    }
}
