internal import CityPack

/// What invented applications are about.
enum DemoTexts {
    static func description(_ type: CaseType, _ work: WorkClass?, _ dice: inout Dice) -> String {
        let texts: [String]
        switch type.module {
        case .permit: texts = permits(type.key)
        case .plan:
            texts = [
                "Review of a two-story addition behind the existing house.",
                "Change of a corner lot for a small café with outdoor seating.",
                "Request to place an accessory dwelling above the garage.", "New porch and windows on a house from 1912.",
            ]
        case .license: texts = ["Yearly license.", "First license of the company.", "Renewal with new insurance."]
        case .code:
            texts = [
                "Construction noise before 7 a.m.", "Deck that seems to be built without a permit.",
                "Fence higher than the rule allows.",
            ]
        case .request:
            texts = ["Copy of the plans on file.", "Question about a setback.", "Who did the last inspection at this address?"]
        }
        return dice.word(texts)
    }

    static func project(_ dice: inout Dice) -> String {
        dice.word(["Larkspur Commons", "Old Mill Row", "Creekside Studios", "Prairie Gate", "Foundry Court"])
    }

    private static func permits(_ key: String) -> [String] {
        switch key {
        case "electrical":
            [
                "Replace a 100-amp panel with a 200-amp panel.", "Install a level 2 car charger in the garage.",
                "Rewire kitchen and add six circuits.", "Rooftop solar, 6.4 kW, with battery.",
                "Temporary power for a building site.",
            ]
        case "mechanical":
            [
                "Replace a gas furnace with a heat pump.", "New 50-gallon water heater, like for like.",
                "Add air conditioning to an existing house.",
                "Kitchen hood and make-up air for a restaurant.",
            ]
        case "plumbing":
            ["Move a bathroom to the basement.", "Replace the sewer line inside the property.", "Gas line for an outdoor grill."]
        case "roofing-replacement":
            ["Tear off and replace asphalt shingles, 24 squares.", "New standing-seam metal roof after hail."]
        case "fire": ["Add nine sprinkler heads to a remodeled office.", "New fire alarm panel and pull stations."]
        case "sign": ["One wall sign, 32 square feet, lit from inside.", "Replace the face of a monument sign."]
        case "fence-and-wall": ["Six-foot cedar fence along the side yard.", "Retaining wall of stone, three feet high."]
        case "right-of-way": ["Open the street to connect a water line.", "Close one lane for two days to set a crane."]
        case "utility": ["New three-quarter-inch water service.", "Replace a clay sewer service from house to main."]
        case "floodplain", "wetland":
            ["Replace a footbridge over the ditch.", "Regrade the bank behind the house and plant willows."]
        case "demolition": ["Take down a detached garage.", "Remove the interior of a former shop."]
        default:
            [
                "Remodel of kitchen and two bathrooms; one wall between kitchen and dining room is removed.",
                "Finish 640 square feet of basement with a bedroom, a bath and an egress window.",
                "Addition of 480 square feet at the back of the house, with a new foundation.",
                "New deck of composite boards with stairs to the garden.",
                "Repair after water damage on the ground floor: drywall, insulation, floors.",
            ]
        }
    }
}
