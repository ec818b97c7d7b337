internal import CCurl
internal import Foundation
internal import Primitives

/// One thread's line to the mail server: a libcurl handle, which keeps its connection for the next message. Every call blocks.
final class SMTPSession {
    private let server: SMTPServer
    private let hello: String?
    private let connecting: Span
    private let whole: Span
    private var handle: UnsafeMutableRawPointer?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var dialogue = SMTPDialogue()
    /// The message being sent, and how much of it libcurl has fetched.
    private var content: [UInt8] = []
    private var fetched = 0

    init(_ server: SMTPServer, hello: String?, connecting: Span, whole: Span) {
        self.server = server
        self.hello = hello
        self.connecting = connecting
        self.whole = whole
    }

    deinit {
        hangUp(politely: true)
        errorText.deallocate()
    }

    func send(_ message: [UInt8], from sender: MailAddress, to recipient: MailAddress) -> SMTPDelivery.Outcome {
        if !sender.isASCII || !recipient.isASCII, let outcome = lackOfUTF8(recipient) { return outcome }
        let result = onLiveConnection { transfer(message, from: sender, to: recipient) }
        let outcome = outcome(result, size: message.count)
        // What a broken transfer leaves on the connection would be taken for answers to the next message.
        if result != CURLE_OK { hangUp(politely: dialogue.reply != nil) }
        return outcome
    }

    /// Connects, logs in and leaves. nil when that went well, else what is wrong.
    func check() -> String? {
        hangUp(politely: true)
        let result = idle()
        defer { hangUp(politely: result == CURLE_OK) }
        if result != CURLE_OK { return trouble(result) }
        // libcurl goes on without a login when the server offers none.
        if server.login != nil, !dialogue.offers("AUTH") {
            return
                "The mail server \(server.place) offers no login. Leave out user and password, or use the port for sending mail (587)."
        }
        return nil
    }

    /// Ends the connection. `politely` says QUIT, but waits for no answer: libcurl would wait for two minutes.
    func hangUp(politely: Bool) {
        guard let handle else { return }
        let socket = ccurl_socket(handle)
        if socket >= 0 { shutdown(socket, Int32(politely ? SHUT_RD : SHUT_RDWR)) }
        curl_easy_cleanup(handle)
        self.handle = nil
        dialogue = SMTPDialogue()
    }

    // MARK: - What came of it

    private func outcome(_ result: CURLcode, size: Int) -> SMTPDelivery.Outcome {
        if result == CURLE_OK { return .accepted(reply: dialogue.reply?.text ?? "") }
        if let reply = dialogue.reply {
            switch (dialogue.step, reply.code) {
            case (.message, 200...299): return .accepted(reply: reply.text)
            // A login is wanted: ours to mend.
            case (_, 530), (_, 535), (_, 534), (_, 538): break
            case (.recipient, 500...599), (.data, 500...599), (.message, 500...599), (.sender, 552):
                return .refused(code: reply.code, reply: reply.text)
            default: break
            }
        } else if dialogue.step == .message, dialogue.sent >= size {
            return .unknown(
                reason: "The mail server \(server.place) took the whole mail and then did not say whether it accepts it.")
        }
        return .later(reason: trouble(result))
    }

    /// What went wrong, for the operator.
    private func trouble(_ result: CURLcode) -> String {
        let name = "The mail server \(server.place)"
        let detail = tidied(String(cString: errorText))
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST: return "The mail server's name \(server.host) is not known."
        case CURLE_COULDNT_CONNECT: return "\(name) cannot be reached: \(detail)."
        case CURLE_OPERATION_TIMEDOUT: return "\(name) did not answer in time."
        case CURLE_USE_SSL_FAILED: return "\(name) does not offer TLS (STARTTLS), which the setting requires."
        case CURLE_SSL_CACERT_BADFILE: return "The file of certificates named by ca= cannot be read."
        case CURLE_PEER_FAILED_VERIFICATION: return "\(name) has a certificate that is not trusted: \(detail)."
        case CURLE_SSL_CONNECT_ERROR: return "TLS with the mail server \(server.place) failed: \(detail)."
        default: break
        }
        guard let reply = dialogue.reply else { return "\(name) closed the connection." }
        switch dialogue.step {
        case .login: return "\(name) refused the login: \(reply.code) \(reply.text)"
        case .hello where server.login != nil && result == CURLE_LOGIN_DENIED:
            return "\(name) offers no way to log in that we can use (PLAIN or LOGIN)."
        default: return "\(name) answered: \(reply.code) \(reply.text)"
        }
    }

    /// nil when the server takes addresses that are not ASCII.
    private func lackOfUTF8(_ recipient: MailAddress) -> SMTPDelivery.Outcome? {
        let result = onLiveConnection { idle() }
        if result != CURLE_OK {
            defer { hangUp(politely: false) }
            return .later(reason: trouble(result))
        }
        if dialogue.offers("SMTPUTF8") { return nil }
        let lack =
            "The mail server \(server.place) sends only to addresses in plain letters, without accents (it does not offer SMTPUTF8)."
        return recipient.isASCII ? .later(reason: lack) : .refused(code: 553, reply: lack)
    }

    // MARK: - libcurl

    /// Once more on a new connection when a kept one turns out to be of no use: it may have been closed meanwhile, or the server
    /// may want no more messages on it. By then nothing but the sender has been said.
    private func onLiveConnection(_ attempt: () -> CURLcode) -> CURLcode {
        let isKept = handle != nil
        let result = attempt()
        guard isKept, result != CURLE_OK, dialogue.step <= .sender, let handle, ccurl_connections_opened(handle) == 0 else {
            return result
        }
        hangUp(politely: false)
        return attempt()
    }

    private func idle() -> CURLcode {
        guard let handle = prepared() else { return CURLE_FAILED_INIT }
        ccurl_set_text(handle, CURLOPT_CUSTOMREQUEST, "NOOP")
        ccurl_set_long(handle, CURLOPT_NOBODY, 1)
        return curl_easy_perform(handle)
    }

    private func transfer(_ message: [UInt8], from sender: MailAddress, to recipient: MailAddress) -> CURLcode {
        guard let handle = prepared(), let list = curl_slist_append(nil, recipient.address) else { return CURLE_FAILED_INIT }
        defer { curl_slist_free_all(list) }
        content = message
        fetched = 0
        defer { content = [] }
        ccurl_set_text(handle, CURLOPT_MAIL_FROM, sender.address)
        ccurl_set_pointer(handle, CURLOPT_MAIL_RCPT, list)
        ccurl_set_long(handle, CURLOPT_UPLOAD, 1)
        ccurl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count))
        ccurl_set_read(
            handle,
            { buffer, size, count, context in
                guard let buffer, let context else { return 0 }
                return Unmanaged<SMTPSession>.fromOpaque(context).takeUnretainedValue().fetch(into: buffer, atMost: size * count)
            }, Unmanaged.passUnretained(self).toOpaque())
        return curl_easy_perform(handle)
    }

    /// The handle with every option set anew, so that nothing stays from the message before. Its connection is kept.
    private func prepared() -> UnsafeMutableRawPointer? {
        guard let handle = handle ?? curl_easy_init() else { return nil }
        self.handle = handle
        curl_easy_reset(handle)
        dialogue.begin()
        errorText.pointee = 0
        ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
        ccurl_set_text(handle, CURLOPT_URL, server.url(hello: hello))
        ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // Not by the proxy that the environment may name for other things.
        ccurl_set_text(handle, CURLOPT_PROXY, "")
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(connecting.microseconds / 1000))
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(whole.microseconds / 1000))
        ccurl_set_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(whole.seconds)))
        setTLS(handle)
        if let login = server.login {
            ccurl_set_text(handle, CURLOPT_USERNAME, login.user)
            ccurl_set_text(handle, CURLOPT_PASSWORD, login.password)
            ccurl_set_text(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
        }
        ccurl_set_long(handle, CURLOPT_VERBOSE, 1)
        ccurl_set_debug(
            handle,
            { _, kind, bytes, count, context in
                guard let bytes, let context else { return 0 }
                let heard = UnsafeRawBufferPointer(start: bytes, count: count)
                Unmanaged<SMTPSession>.fromOpaque(context).takeUnretainedValue().hear(kind, heard)
                return 0
            }, Unmanaged.passUnretained(self).toOpaque())
        return handle
    }

    private func setTLS(_ handle: UnsafeMutableRawPointer) {
        let use = server.tls == .none ? CURLUSESSL_NONE : server.tls == .opportunistic ? CURLUSESSL_TRY : CURLUSESSL_ALL
        ccurl_set_long(handle, CURLOPT_USE_SSL, Int(use.rawValue))
        ccurl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let checks = server.tls != .opportunistic
        ccurl_set_long(handle, CURLOPT_SSL_VERIFYPEER, checks ? 1 : 0)
        ccurl_set_long(handle, CURLOPT_SSL_VERIFYHOST, checks ? 2 : 0)
        if let certificates = server.certificates { ccurl_set_text(handle, CURLOPT_CAINFO, certificates) }
    }

    private func fetch(into buffer: UnsafeMutablePointer<CChar>, atMost count: Int) -> Int {
        let piece = content[fetched..<min(fetched + count, content.count)]
        piece.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: buffer, count: count).copyMemory(from: $0) }
        fetched += piece.count
        return piece.count
    }

    private func hear(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        switch kind {
        case CURLINFO_HEADER_OUT: dialogue.heard(command: String(decoding: bytes, as: UTF8.self))
        case CURLINFO_HEADER_IN: dialogue.heard(line: String(decoding: bytes, as: UTF8.self))
        case CURLINFO_DATA_OUT: dialogue.heard(contentBytes: bytes.count)
        default: break
        }
    }
}
