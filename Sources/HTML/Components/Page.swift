/// Everything around the content of a page, in plain values: `document(_:)` turns it into the whole document.
public struct Page: Sendable {
    /// The language of the page, as in `lang`: "en", "es".
    public var language: String
    /// The document's title, for example "My cases · Groundwork". A page with errors begins it with "Error: ".
    public var title: String
    /// The thin line at the top: whose portal this is.
    public var cityLine: String
    public var siteName: String
    public var home: Link
    public var navigation: [NavigationItem]
    public var navigationLabel: String
    public var skipLabel: String
    public var languageSwitch: LanguageSwitch?
    public var help: NavigationItem?
    /// The menu of somebody who has signed in; otherwise `signIn` is shown.
    public var account: AccountMenu?
    public var signIn: NavigationItem?
    public var crumbs: [Crumb]
    public var crumbsLabel: String
    public var notices: [Notice]
    public var content: HTML
    public var footer: HTML
    public var stylesheet: Link
    /// What improves the page where scripts run. Nothing needs one.
    public var scripts: [Link]
    /// On a page that keeps itself up to date.
    public var live: LiveUpdates?
    /// For somebody who has signed in.
    public var sessionWarning: SessionWarning?
    public var icon: Link?
    /// Staff pages are the same house, denser.
    public var isStaff: Bool
    /// False asks search engines not to list the page.
    public var robots: Bool

    public init(
        language: String = "en", title: String, cityLine: String = "", siteName: String, home: Link,
        navigation: [NavigationItem] = [], navigationLabel: String = "Main", skipLabel: String = "Skip to main content",
        languageSwitch: LanguageSwitch? = nil, help: NavigationItem? = nil, account: AccountMenu? = nil,
        signIn: NavigationItem? = nil, crumbs: [Crumb] = [], crumbsLabel: String = "Where you are", notices: [Notice] = [],
        content: HTML, footer: HTML = .empty, stylesheet: Link, scripts: [Link] = [], live: LiveUpdates? = nil,
        sessionWarning: SessionWarning? = nil,
        icon: Link? = nil, isStaff: Bool = false, robots: Bool = true
    ) {
        self.language = language
        self.title = title
        self.cityLine = cityLine
        self.siteName = siteName
        self.home = home
        self.navigation = navigation
        self.navigationLabel = navigationLabel
        self.skipLabel = skipLabel
        self.languageSwitch = languageSwitch
        self.help = help
        self.account = account
        self.signIn = signIn
        self.crumbs = crumbs
        self.crumbsLabel = crumbsLabel
        self.notices = notices
        self.content = content
        self.footer = footer
        self.stylesheet = stylesheet
        self.scripts = scripts
        self.live = live
        self.sessionWarning = sessionWarning
        self.icon = icon
        self.isStaff = isStaff
        self.robots = robots
    }
}

/// A page that keeps itself up to date says so, and can be told to stop. Where no script runs, none of this is seen.
public struct LiveUpdates: Sendable {
    /// What a screen reader says when the page has changed.
    public let changed: String
    public let stop: String
    public let goOn: String

    public init(changed: String, stop: String, goOn: String) {
        self.changed = changed
        self.stop = stop
        self.goOn = goOn
    }
}

/// What is said before a session ends for lack of use, with a button to stay. A script shows it in time; without one, what was typed
/// is kept and comes back after signing in.
public struct SessionWarning: Sendable {
    public let text: String
    public let stay: String
    /// Answers 204 while the session lives.
    public let address: Link
    /// How long the session lasts without another request, in seconds.
    public let seconds: Int64
    public let script: Link

    public init(text: String, stay: String, address: Link, seconds: Int64, script: Link) {
        self.text = text
        self.stay = stay
        self.address = address
        self.seconds = seconds
        self.script = script
    }
}

/// A link in a navigation, with whether it is the page one is on.
public struct NavigationItem: Sendable {
    public let title: String
    public let link: Link
    public let isCurrent: Bool

    public init(title: String, link: Link, isCurrent: Bool = false) {
        self.title = title
        self.link = link
        self.isCurrent = isCurrent
    }
}

/// The same page in the other language. `title` is that language's own name for itself.
public struct LanguageSwitch: Sendable {
    public let title: String
    public let language: String
    public let link: Link

    public init(title: String, language: String, link: Link) {
        self.title = title
        self.language = language
        self.link = link
    }
}

/// A step on the way from the home page to this one; the last has no link.
public struct Crumb: Sendable {
    public let title: String
    public let link: Link?

    public init(title: String, link: Link? = nil) {
        self.title = title
        self.link = link
    }
}
