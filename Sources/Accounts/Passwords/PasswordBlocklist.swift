internal import Foundation

/// Passwords that are tried first. Short ones need no list: they are too short.
enum PasswordBlocklist {
    /// The most used passwords of eight characters and more, for those that stand beside a second step: the list of zxcvbn 4.5 (MIT).
    static let common: Set<String> = {
        guard let file = Bundle.module.url(forResource: "common", withExtension: "txt"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { preconditionFailure("the list of common passwords is missing from the program") }
        return Set(text.split(separator: "\n").map(String.init))
    }()

    /// Whether a long password is one of the most used ones, the same again and again, or two of them in a row, with or without digits
    /// around: some two hundred million, which are tried within a second. Three words that belong to nobody's list are left alone.
    static func isMadeOfCommon(_ text: String) -> Bool {
        [text, withoutDigitsAround(text)].contains { candidate in
            let letters = Array(candidate)
            guard letters.count > 1 else { return true }
            return common.contains(candidate) || isOneAgainAndAgain(letters)
                || (1..<letters.count).contains { isCommonPart(letters[..<$0]) && isCommonPart(letters[$0...]) }
        }
    }

    private static func isCommonPart(_ part: ArraySlice<Character>) -> Bool {
        let text = String(part)
        return common.contains(text) || common.contains(withoutDigitsAround(text))
    }

    private static func isOneAgainAndAgain(_ letters: [Character]) -> Bool {
        (1...8).contains { length in
            letters.count >= 2 * length && letters.indices.allSatisfy { letters[$0] == letters[$0 % length] }
        }
    }

    private static func withoutDigitsAround(_ text: String) -> String {
        let front = text.drop(while: \.isNumber)
        return String(front.reversed().drop(while: \.isNumber).reversed())
    }

    /// Whole passwords, lower case, without spaces and punctuation.
    static let passwords: Set<String> = [
        "1111111111111111", "123123123123123", "1234512345123451", "12345678987654321", "1234567891234567", "1a2b3c4d5e6f7g8h",
        "1q2w3e4r5t6y7u8i", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv", "1qaz2wsx3edc4rfv5tgb", "q1w2e3r4t5y6u7i8",
        "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgb", "qazwsxedcrfvtgbyhn", "qazwsxedcrfvtgbyhnujm", "zaq12wsxcde34rfv",
        "zaq1xsw2cde3vfr4", "a1b2c3d4e5f6g7h8", "a1s2d3f4g5h6j7k8", "abcabcabcabcabc", "abcd1234abcd1234", "abc123abc123abc123",
        "aaaabbbbccccdddd", "allthebesttoyou", "areyoukiddingme", "allyourbasearebelongtous", "batteryhorsestaplecorrect",
        "bemyvalentineplease", "believeinyourself", "breakingbad12345", "californiadreaming", "callofdutymodernwarfare",
        "carpediemcarpediem", "christianoronaldo", "cristianoronaldo7", "correcthorsebattery", "correcthorsebatterystaple",
        "dontforgetthepassword", "dontworrybehappy", "enterpasswordhere", "eatsleepraverepeat", "fivefourthreetwoone",
        "followthewhiterabbit", "forgotmypassword", "fuckyoufuckyoufuckyou", "fuckyoufuckyou12", "gameofthrones123",
        "godblessamerica1", "harrypotterharrypotter", "harrypotter12345", "hellohellohello", "helloworldhelloworld",
        "helloworld12345",
        "hereismypassword", "ihatepasswords", "ihatepasswords1", "iamthebestintheworld", "ilovemyfamilyverymuch",
        "ilovemyfamily123",
        "ilovemymotherandfather", "ilovemymomanddad", "iloveyouforever", "iloveyouforever1", "iloveyousomuch1",
        "iloveyousomuch12",
        "iloveyouverymuch", "imnottellingyou", "inthebeginningwastheword", "jesuschristislord", "jesusismysavior",
        "jesusismylord",
        "jesuslovesmethisiknow", "justdoitjustdoit", "keepcalmandcarryon", "leagueoflegends", "leagueoflegends1",
        "letmeinletmeinletmein",
        "liverpoolfootballclub", "liveyourlifetothefullest", "lordoftherings1", "lordoftheringss", "lovelovelovelove",
        "loremipsumdolor",
        "loremipsumdolorsitamet", "makeamericagreatagain", "manchesterunited", "maytheforcebewithyou", "microsoftwindows",
        "mynameisinigomontoya", "mypasswordismypassword", "mypasswordissecret", "newyorkyankees1", "nevergonnagiveyouup",
        "nopasswordneeded", "nothingisimpossible", "onetwothreefour", "onetwothreefourfive", "oneringtorulethemall",
        "openopenopenopen", "opensesameopensesame", "passwordpassword", "passwordispassword", "pleaseletmein123",
        "pleaseletmeinnow",
        "pneumonoultramicroscopicsilicovolcanoconiosis", "qwertyasdfghzxcvbn", "qwertyuiopasdfg", "qwertyuiopasdfgh",
        "qwertyuiopasdfghjklzxcvbnm", "rememberthispassword", "realmadridfcbarcelona", "rockandrollrockandroll",
        "safepasswordsafepassword", "samsunggalaxys10", "sanfrancisco49ers", "superkalifragilistisch",
        "supercalifragilisticexpialidocious",
        "sunshinesunshine", "secretsecretsecret", "teenagemutantninjaturtles", "testtesttesttest", "testingtesting123",
        "testingtestingtesting",
        "thankyouverymuch", "thequickbrownfox", "thequickbrownfoxjumpsoverthelazydog", "thisismypassword", "thisismypassword1",
        "thisisapassword", "thisisapassword1", "thisisasecurepassword", "thisisasecret123", "thisisnotmypassword",
        "tobeornottobe123",
        "tobeornottobethatisthequestion", "trustnoonetrustnoone", "trustnobody12345", "twinkletwinklelittlestar",
        "usernamepassword",
        "verysecurepassword", "verystrongpassword", "wearethechampions", "welcometothejungle", "welcometomyworld",
        "whatisthepassword",
        "whatsmypassword", "whatthefuckwhatthefuck", "whoseyourdaddy123", "winteriscoming12", "winteriscoming123",
        "worldofwarcraft",
        "worldofwarcraft1", "youllneverwalkalone", "youshallnotpass", "youshallnotpass1", "yourmotherisawhore",
        "yabbadabbadoo123",
        "zxcvbnmasdfghjkl", "zxcvbnmasdfghjklqwertyuiop", "teamomuchomiamor", "teamomuchisimo12", "dioseslaunicaverdad",
        "diosesamordioses",
        "miamormiamormiamor", "contraseñacontraseña", "estaesmicontraseña", "noolvidesestacontraseña",
    ]

    /// Words that make a password no harder to guess, with the portal's own.
    static let words = [
        "password", "passwords", "passw0rd", "p@ssw0rd", "p@ssword", "passwort", "passphrase", "contraseña", "contrasena",
        "letmein",
        "welcome", "qwertyuiop", "qwerty", "qwertz", "azerty", "asdfghjkl", "asdfgh", "asdf", "zxcvbnm", "zxcvbn", "1234567890",
        "0123456789",
        "123456789", "12345678", "1234567", "123456", "12345", "1234", "0987654321", "987654321", "654321", "54321", "iloveyou",
        "teamo",
        "administrator", "admin", "login", "changeme", "secret", "default", "guest", "monkey", "dragon", "sunshine", "princess",
        "football",
        "baseball", "superman", "batman", "master", "shadow", "trustno1", "abc123", "1q2w3e4r", "1qaz2wsx", "qazwsx", "111111",
        "000000",
        "groundwork", "permits", "permit", "permiso", "portal", "building", "planning", "cityof", "city",
    ]
}
