/// Why what a browser sent is no passkey of ours. People read one sentence for all of them; the log names which it was.
enum PasskeyProblem: String, Error, Sendable {
    /// Not in the form that the standard gives it.
    case malformed
    /// For another ceremony, another site or another challenge.
    case elsewhere
    /// Nobody touched it, or it did not ask who is there.
    case unverified
    /// A kind of key that was not asked for.
    case algorithm
    case signature
    /// Its count went back: it may have been copied.
    case copied
}
