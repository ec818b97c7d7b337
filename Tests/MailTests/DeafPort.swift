import Foundation

/// A port of this machine that is taken and on which nobody listens: whoever connects is refused, for as long as this lives. A port
/// that was merely free a moment ago may be another's by the time it is tried.
final class DeafPort {
    let number: Int
    private let socket: Int32

    struct NotTaken: Error { let code: Int32 }

    init() throws {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw NotTaken(code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let problem = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, size) == 0 && getsockname(socket, pointer, &size) == 0 ? 0 : errno
            }
        }
        guard problem == 0 else {
            close(socket)
            throw NotTaken(code: problem)
        }
        self.socket = socket
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(socket) }
}
