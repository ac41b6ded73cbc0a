//! Pages of plain text: wrapped paragraphs and aligned columns, at most 100 characters wide.

/// The width of pages.
const WIDTH: usize = 100;

/// Appends a paragraph, each line indented.
pub(super) fn paragraph(page: &mut String, indent: usize, text: &str) {
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            page.push('\n');
            width = 0;
        }
        if width == 0 {
            page.extend(std::iter::repeat_n(' ', indent));
            width = indent;
        } else {
            page.push(' ');
            width += 1;
        }
        page.push_str(word);
        width += length;
    }
    page.push('\n');
}

/// Appends rows with their columns aligned; the last column is wrapped.
pub(super) fn table(page: &mut String, indent: usize, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.saturating_sub(1)).map(width).collect();
    let hang = indent + widths.iter().map(|width| width + 2).sum::<usize>();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (column, cell) in row.iter().enumerate() {
            match widths.get(column) {
                Some(width) => {
                    line.push_str(cell);
                    line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
                }
                None => {
                    let mut last = String::new();
                    paragraph(&mut last, hang, cell);
                    line.push_str(last.trim());
                }
            }
        }
        page.push_str(line.trim_end());
        page.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_hangs() {
        let mut page = String::new();
        let long = "word ".repeat(30);
        table(&mut page, 2, &[vec!["a".into(), "b".into()], vec!["abc".into(), long]]);
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines[0], "  a    b");
        assert!(lines[2].starts_with("       word"), "{page}");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
    }
}
