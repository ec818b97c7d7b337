/// The heading of a column.
public struct TableColumn: Sendable {
    public let title: String
    /// Numbers and money stand to the right, digits below digits.
    public let isNumber: Bool
    /// A heading for screen readers only, over a column of buttons.
    public let isHidden: Bool

    public init(title: String, isNumber: Bool = false, isHidden: Bool = false) {
        self.title = title
        self.isNumber = isNumber
        self.isHidden = isHidden
    }
}

/// One row: as many cells as the table has columns. The first one names the row.
public struct TableRow: Sendable {
    public let cells: [HTML]
    public let id: String?

    public init(cells: [HTML], id: String? = nil) {
        self.cells = cells
        self.id = id
    }
}

/// A table that becomes a list on a phone, where each cell says its column. It has no ARIA roles: the HTML standard forbids them
/// here, and today's browsers keep a table's own roles when it is laid out as something else.
/// - Parameter isSortable: where every row is there, a script lets people put them in another order. Days should be `time` elements.
public func dataTable(
    caption: String, captionHidden: Bool = false, isSortable: Bool = false, columns: [TableColumn], rows: [TableRow]
) -> HTML {
    table(.flag("data-sortable", isSortable)) {
        element("caption", [.class(captionHidden ? "unseen" : nil)], HTML(caption))
        thead {
            tr {
                for column in columns {
                    th(.scope("col"), .class(column.isNumber ? "number" : nil)) {
                        if column.isHidden { visuallyHidden(column.title) } else { column.title }
                    }
                }
            }
        }
        tbody {
            for row in rows {
                tr(.id(row.id)) {
                    for (index, cell) in row.cells.enumerated() {
                        tableCell(cell, column: index < columns.count ? columns[index] : nil, isFirst: index == 0)
                    }
                }
            }
        }
    }
}

private func tableCell(_ content: HTML, column: TableColumn?, isFirst: Bool) -> HTML {
    let style = Attribute.class(column?.isNumber == true ? "number" : nil)
    if isFirst { return th(.scope("row"), style) { content } }
    let title = column.flatMap { $0.isHidden || content.isEmpty ? nil : $0.title }
    return td(.data("label", title), style) { content }
}
