/// Reports as mail servers write them, about mails to people who do not exist.
enum Bounces {
    static let postfix = """
        Return-Path: <>
        Received: by mail.canyon-builders.example (Postfix)
        \tid 4F3A21C0B2; Mon,  6 Jul 2026 09:31:07 -0600 (MDT)
        Date: Mon,  6 Jul 2026 09:31:07 -0600 (MDT)
        From: MAILER-DAEMON@mail.canyon-builders.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: bounces@permits.boulder.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="9A1B21C0A7.1783351867/mail.canyon-builders.example"
        Content-Transfer-Encoding: 8bit
        Message-Id: <20260706153107.4F3A21C0B2@mail.canyon-builders.example>

        This is a MIME-encapsulated message.

        --9A1B21C0A7.1783351867/mail.canyon-builders.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mail.canyon-builders.example.

        I'm sorry to have to inform you that your message could not
        be delivered to one or more recipients. It's attached below.

        <ruth.okafor@canyon-builders.example>: host mx1.canyon-builders.example[203.0.113.25]
            said: 550 5.1.1 <ruth.okafor@canyon-builders.example>: Recipient address
            rejected: User unknown (in reply to RCPT TO command)

        --9A1B21C0A7.1783351867/mail.canyon-builders.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.canyon-builders.example
        X-Postfix-Queue-ID: 9A1B21C0A7
        X-Postfix-Sender: rfc822; bounces@permits.boulder.example
        Arrival-Date: Mon,  6 Jul 2026 09:31:05 -0600 (MDT)

        Final-Recipient: rfc822; ruth.okafor@canyon-builders.example
        Original-Recipient: rfc822;ruth.okafor@canyon-builders.example
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx1.canyon-builders.example
        Diagnostic-Code: smtp; 550 5.1.1 <ruth.okafor@canyon-builders.example>:
            Recipient address rejected: User unknown

        --9A1B21C0A7.1783351867/mail.canyon-builders.example
        Content-Description: Undelivered Message
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 8bit

        Return-Path: <bounces@permits.boulder.example>
        Received: from permits.boulder.example (permits.boulder.example [198.51.100.7])
        \tby mail.canyon-builders.example (Postfix) with ESMTPS id 9A1B21C0A7
        Date: Mon, 06 Jul 2026 15:31:04 +0000
        From: "Boulder Permits" <permits@boulder.example>
        To: ruth.okafor@canyon-builders.example
        Message-ID: <mail-4711@permits.boulder.example>
        Subject: Your permit
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_0011"

        --=_0011
        Content-Type: text/plain; charset=utf-8

        Message-ID: <not-this@example.org>
        --=_0011--

        --9A1B21C0A7.1783351867/mail.canyon-builders.example--

        """

    static let exim = """
        Received: from Debian-exim by relay.foothills.example with local (Exim 4.96)
        \tid 1rAbCd-0004xY-2z
        \tfor bounces@permits.boulder.example;
        \tMon, 06 Jul 2026 15:33:10 +0000
        X-Failed-Recipients: dmitri.sandoval@foothills.example
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@relay.foothills.example>
        To: bounces@permits.boulder.example
        References: <mail-4712@permits.boulder.example>
        Content-Type: multipart/report; report-type=delivery-status; boundary=1783351990-eximdsn-1804289383
        MIME-Version: 1.0
        Subject: Mail delivery failed: returning message to sender
        Message-Id: <E1rAbCd-0004xY-2z@relay.foothills.example>
        Date: Mon, 06 Jul 2026 15:33:10 +0000

        --1783351990-eximdsn-1804289383
        Content-type: text/plain; charset=us-ascii

        This message was created automatically by mail delivery software.

        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          dmitri.sandoval@foothills.example
            host mx.foothills.example [203.0.113.40]
            SMTP error from remote mail server after end of data:
            552 5.2.2 Mailbox is full

        --1783351990-eximdsn-1804289383
        Content-type: message/delivery-status

        Reporting-MTA: dns; relay.foothills.example

        Action: failed
        Final-Recipient: rfc822;dmitri.sandoval@foothills.example
        Status: 5.2.2
        Remote-MTA: dns; mx.foothills.example
        Diagnostic-Code: smtp; 552 5.2.2 Mailbox is full

        --1783351990-eximdsn-1804289383
        Content-type: message/rfc822

        Return-path: <bounces@permits.boulder.example>
        Date: Mon, 06 Jul 2026 15:33:04 +0000
        From: "Boulder Permits" <permits@boulder.example>
        To: dmitri.sandoval@foothills.example
        Message-ID:
         <mail-4712@permits.boulder.example>
        Subject: Your permit

        Hello

        --1783351990-eximdsn-1804289383--

        """

    /// `multipart/mixed`, a boundary that may begin with a space, no diagnosis.
    static let openSMTPD = """
        Subject: Delivery status notification: error
        From: Mailer Daemon <MAILER-DAEMON@post.flatirons.example>
        To: bounces@permits.boulder.example
        Date: Mon, 06 Jul 2026 09:35:00 -0600 (MDT)
        MIME-Version: 1.0
        Content-Type: multipart/mixed;boundary=" 8213346792551230/post.flatirons.example"

        This is a MIME-encapsulated message.

        -- 8213346792551230/post.flatirons.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

            Hi!

            This is the MAILER-DAEMON, please DO NOT REPLY to this email.

            An error has occurred while attempting to deliver a message for
            the following list of recipients:

        mei.alvarado@flatirons.example: 550 Invalid recipient

            Below is a copy of the original message:

        -- 8213346792551230/post.flatirons.example
        Content-Description: Delivery Report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; post.flatirons.example

        Final-Recipient: rfc822; mei.alvarado@flatirons.example
        Action: failed
        Status: 5.1.1

        -- 8213346792551230/post.flatirons.example
        Content-Description: Message headers
        Content-Type: text/rfc822-headers

        Date: Mon, 06 Jul 2026 15:34:58 +0000
        To: mei.alvarado@flatirons.example
        Message-ID: <mail-4713@permits.boulder.example>
        Subject: Your permit

        -- 8213346792551230/post.flatirons.example--

        """

    static let exchange = """
        From: <postmaster@summit-architects.example>
        To: <bounces@permits.boulder.example>
        Date: Mon, 6 Jul 2026 15:40:12 +0000
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="c9a0d1f2-3b44-4e55-8c66-7d8899aabbcc"
        X-MS-Exchange-Message-Is-Ndr:
        Content-Language: en-US
        Message-ID: <71f2c0de-5b1a-4f0c-9a27-1c2d3e4f5a6b@SUMMIT-EX01.summit-architects.example>
        In-Reply-To: <mail-4714@permits.boulder.example>
        References: <mail-4714@permits.boulder.example>
        Subject: Undeliverable: Your permit
        Auto-Submitted: auto-replied
        MIME-Version: 1.0

        --c9a0d1f2-3b44-4e55-8c66-7d8899aabbcc
        Content-Type: multipart/alternative; differences=Content-Type;
        \tboundary="1f0e2d3c-aaaa-4bbb-8ccc-ddddeeeeffff"

        --1f0e2d3c-aaaa-4bbb-8ccc-ddddeeeeffff
        Content-Type: text/plain; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        Delivery has failed to these recipients or groups:

        tobias.ngata@summit-architects.example<mailto:tobias.ngata@summit-architects.example=
        >
        The email address you entered couldn't be found.

        --1f0e2d3c-aaaa-4bbb-8ccc-ddddeeeeffff
        Content-Type: text/html; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        <html><body><p>Delivery has failed</p></body></html>
        --1f0e2d3c-aaaa-4bbb-8ccc-ddddeeeeffff--

        --c9a0d1f2-3b44-4e55-8c66-7d8899aabbcc
        Content-Type: message/delivery-status

        Reporting-MTA: dns;SUMMIT-EX01.summit-architects.example
        Received-From-MTA: dns;permits.boulder.example
        Arrival-Date: Mon, 6 Jul 2026 15:40:11 +0000

        Original-Recipient: rfc822;tobias.ngata@summit-architects.example
        Final-Recipient: rfc822;tobias.ngata@summit-architects.example
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient tobias.ngata@summit-architects.example not found by SMTP address lookup
        X-Display-Name: tobias.ngata@summit-architects.example


        --c9a0d1f2-3b44-4e55-8c66-7d8899aabbcc
        Content-Type: message/rfc822

        Received: from permits.boulder.example (198.51.100.7) by
         SUMMIT-EX01.summit-architects.example (10.0.0.5) with Microsoft SMTP Server
        Date: Mon, 6 Jul 2026 15:40:09 +0000
        From: "Boulder Permits" <permits@boulder.example>
        To: <tobias.ngata@summit-architects.example>
        Message-ID: <mail-4714@permits.boulder.example>
        Subject: Your permit
        Content-Type: text/plain

        Hello

        --c9a0d1f2-3b44-4e55-8c66-7d8899aabbcc--

        """

    /// Postfix, four hours on: nothing is lost yet.
    static let delayed = postfix.replacing("Action: failed", with: "Action: delayed").replacing(
        "Status: 5.1.1", with: "Status: 4.4.1"
    )
}
