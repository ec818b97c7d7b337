internal import Primitives

/// Invented people, companies and streets. Composed from lists; whoever or whatever bears such a name is not meant.
enum DemoNames {
    static let first = [
        "Abena", "Adela", "Aiko", "Alma", "Anders", "Anselm", "Aurelia", "Basil", "Benedikt", "Bruna", "Calla", "Casimir",
        "Cedric",
        "Chiara", "Corin", "Dalia", "Dario", "Delphine", "Edda", "Eleni", "Emeka", "Esme", "Fabian", "Farah", "Fenna", "Gideon",
        "Greta",
        "Hana", "Idris", "Ilse", "Imani", "Ines", "Ivo", "Jasper", "Jonna", "Kaito", "Kamala", "Kirra", "Lars", "Leocadia",
        "Linnea",
        "Lucan", "Maelle", "Marek", "Mireille", "Nadir", "Nerea", "Odile", "Omar", "Otto", "Paloma", "Petra", "Quentin", "Rafael",
        "Rhea", "Saoirse", "Selim", "Signe", "Tamsin", "Thora", "Ulla", "Valentin", "Wanda", "Xiomara", "Yara", "Zeno",
    ]

    static let last = [
        "Abelard", "Achterberg", "Alderwick", "Amsel", "Ashgrove", "Balcázar", "Barrowcliff", "Birkeland", "Brightwater",
        "Calloway",
        "Castellanos", "Cloverdale", "Dahlquist", "Delacroix", "Dunmore", "Eastwood", "Elmhirst", "Eriksen", "Fairweather",
        "Fennimore",
        "Ferreira", "Galbraith", "Gossamer", "Greenhalgh", "Haldorsen", "Hawksworth", "Holloway", "Ibarra", "Ironside", "Jansson",
        "Kapoor", "Kestrel", "Kimathi", "Lindgren", "Longacre", "Macleod", "Marchetti", "Merriweather", "Montoya", "Nakagawa",
        "Nightingale", "Novak", "Oakenshaw", "Okonkwo", "Orozco", "Pemberton", "Pettigrew", "Quillfeather", "Ravensworth",
        "Rosenthal",
        "Sandoval", "Silvestri", "Stonebridge", "Summerhill", "Takahashi", "Thackeray", "Thornbury", "Umarov", "Underhill",
        "Valdez",
        "Vickery", "Wainwright", "Waterhouse", "Whitlock", "Winterbourne", "Yarrow", "Ybarra", "Zamora", "Zielinski",
    ]

    private static let companyFirst = [
        "Amberleaf", "Antler", "Basalt", "Blackthorn", "Bluestem", "Bramble", "Cairn", "Chokecherry", "Copperleaf", "Cottongrass",
        "Dovetail", "Driftstone", "Fallowfield", "Fieldstone", "Foxglove", "Gneiss", "Goldenrod", "Hearthside", "Hollyhock",
        "Inkwell",
        "Kingfisher", "Larkbunting", "Lodgepole", "Magpie", "Marmot", "Meadowlark", "Mossback", "Nighthawk", "Paintbrush",
        "Pasqueflower",
        "Quartzite", "Quillstone", "Rabbitbrush", "Sandlily", "Scrub Jay", "Silverplume", "Sumac Hollow", "Tamarack",
        "Thistledown",
        "Yarrowfield",
    ]
    private static let companySecond = [
        "", "", "& Finch ", "& Daughters ", "Creek ", "Ridge ", "Mesa ", "Hollow ", "Bend ",
    ]
    private static let companyEnd = ["LLC", "Inc", "LLC", "Co", "Ltd"]

    /// A company of a trade. The words in the middle keep many of them apart.
    static func company(_ trade: String, _ dice: inout Dice) -> String {
        "\(dice.word(companyFirst)) \(dice.word(companySecond))\(dice.word(words(of: trade))) \(dice.word(companyEnd))"
    }

    private static func words(of trade: String) -> [String] {
        let known = [
            "electrical": ["Electric", "Electrical Services", "Power and Light"],
            "mechanical": ["Heating and Air", "Mechanical", "Climate"],
            "plumbing": ["Plumbing", "Pipe and Drain"], "fire": ["Fire Protection", "Sprinkler"],
            "roofing": ["Roofing", "Roof Works"],
            "sign": ["Signs", "Sign Works"], "demolition": ["Demolition", "Wrecking"],
            "right-of-way": ["Excavating", "Underground"],
        ]
        for (part, words) in known.sorted(by: { $0.key < $1.key }) where trade.hasSuffix(part) { return words }
        return ["Builders", "Construction", "Design Build", "Homes"]
    }

    private static let streets = [
        "Alder Creek Dr", "Antelope Ave", "Aspenglow Way", "Bear Canyon Ct", "Bluebird Ln", "Bobolink Pl", "Chautauqua Park Rd",
        "Columbine Ridge Ave", "Cottonwood Grove Ave", "Coyote Mint Ct", "Dakota Ridge Rd", "Dragonfly Ln", "Elk Meadow Dr",
        "Fern Hollow St",
        "Flagstone Ave", "Goldfinch Cir", "Gooseberry Dr", "Granite Spring Rd", "Hawthorn Glen Ave", "Juniper Mesa Dr",
        "Kestrel Pl",
        "Lichen Rock Rd", "Lupine Field Ave", "Meadow Rue St", "Mountain Mint Way", "Mule Deer Trl", "Niwot Prairie Rd",
        "Pinyon Ct",
        "Ponderosa Shade Dr", "Prairie Sage Ave", "Red Fox Trl", "Sandstone Bench Dr", "Serviceberry Ln", "Snowberry Ct",
        "Spring Creek Pl",
        "Switchgrass Way", "Table Rock Ave", "Willow Bend Ln",
    ]

    static func place(_ dice: inout Dice) -> (street: String, unit: String, zip: String) {
        let number = dice.number(2...66) * 100 + dice.number(0...98)
        let street = dice.chance(25) ? ordinal(dice.number(3...55)) + " St" : dice.word(streets)
        return (
            "\(number) \(street)", dice.chance(12) ? "Unit \(dice.number(1...40))" : "",
            dice.word(["80301", "80302", "80303", "80304", "80305"])
        )
    }

    private static func ordinal(_ number: Int) -> String {
        switch (number % 10, number % 100) {
        case (1, let rest) where rest != 11: "\(number)st"
        case (2, let rest) where rest != 12: "\(number)nd"
        case (3, let rest) where rest != 13: "\(number)rd"
        default: "\(number)th"
        }
    }

    static func phone(_ dice: inout Dice) -> String { "\(dice.word(["303", "720"]))-555-01\(padded(dice.number(0...99), 2))" }

    /// The part of an address before or after the @, from a name.
    static func slug(_ name: String, separator: String = "") -> String {
        foldedForSearch(name).split(separator: " ").filter { !["llc", "inc", "co", "ltd", "and"].contains($0) }
            .joined(separator: separator)
    }
}
