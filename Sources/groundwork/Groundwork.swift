import ArgumentParser
import GRDB
import Hummingbird
import Crypto
import Yams
import Logging
import Configuration

@main
struct Groundwork: AsyncParsableCommand {
}
