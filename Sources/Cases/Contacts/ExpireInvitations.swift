internal import Core
internal import Jobs

/// Every night: invitations that nobody answered in time are over.
enum ExpireInvitations {
    static let kind: JobKind = "cases.expire-invitations"
    static let schedule = JobSchedule(kind, every: .hours(24))
    private static let most = 200

    static let job = CityJob(kind) { run, city in
        while !run.shouldStop {
            let done = try await city.write(as: .job(kind.rawValue)) { change in
                try Invitations(change).expire(limit: most)
            }
            if done < most { return }
        }
        throw JobLater("Goes on after the restart.", after: .seconds(0))
    }
}
