internal import Core
internal import Jobs

/// Every night: invitations of organizations that nobody answered in time are over.
enum ExpireMemberInvitations {
    static let kind: JobKind = "contacts.expire-invitations"
    static let schedule = JobSchedule(kind, every: .hours(24))
    private static let most = 200

    static let job = CityJob(kind) { run, city in
        while !run.shouldStop {
            let done = try await city.write(as: .job(kind.rawValue)) { change in
                try ContactWriter(change).expireInvitations(limit: most)
            }
            if done < most { return }
        }
        throw JobLater("Goes on after the restart.", after: .seconds(0))
    }
}
