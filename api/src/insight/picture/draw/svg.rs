//! A drawing as SVG: presentation attributes only, no style, no script, no reference to anything outside.

use std::fmt::Write as _;

use super::{
    scene::{Block, Outline, PAD, POINT, Pen, Scene, Wire},
    text::{is_measured, width},
};

const FONTS: &str = "Noto Sans, Segoe UI, Roboto, Helvetica Neue, Arial, DejaVu Sans, sans-serif";
const WIRE: &str = "#6b7480";

/// Text as XML holds it, in content and in attributes. What XML has no character for never comes here: texts are clean.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The whole file.
pub fn svg(scene: &Scene) -> String {
    let mut out = String::with_capacity(1_000 + scene.blocks.len() * 400);
    let Scene { width, height, language, .. } = scene;
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title description\" xml:lang=\"{language}\" lang=\"{language}\" \
         font-family=\"{FONTS}\">\n<title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escaped(&scene.title),
        escaped(&scene.told),
    );
    for block in scene.blocks.iter().filter(|block| block.holds) {
        self::block(&mut out, block);
    }
    wires(&mut out, scene, Pen::Rule);
    wires(&mut out, scene, Pen::Link);
    for block in scene.blocks.iter().filter(|block| !block.holds) {
        self::block(&mut out, block);
    }
    wires(&mut out, scene, Pen::Mark);
    out.push_str("</svg>\n");
    out
}

/// All lines of one kind.
fn wires(out: &mut String, scene: &Scene, pen: Pen) {
    let mut wires = scene.wires.iter().filter(|wire| wire.pen == pen).peekable();
    if wires.peek().is_none() && pen != Pen::Link {
        return;
    }
    let (stroke, weight, dashes) = match pen {
        Pen::Link => (WIRE, 2, ""),
        Pen::Rule => ("#d3d8de", 1, ""),
        Pen::Mark => ("#123f6e", 2, " stroke-dasharray=\"7 5\""),
    };
    let _ = writeln!(out, "<g fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{weight}\"{dashes}>");
    for wire in wires {
        self::wire(out, wire);
    }
    out.push_str("</g>\n");
}

fn wire(out: &mut String, wire: &Wire) {
    let points: Vec<_> = wire.points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let _ = writeln!(out, "<polyline points=\"{}\"/>", points.join(" "));
    if let (true, [.., before, (x, y)]) = (wire.arrow, wire.points.as_slice()) {
        let (dx, dy) = ((x - before.0).signum(), (y - before.1).signum());
        // The head points where the last stretch goes, which is level or upright.
        let (back_x, back_y) = (x - 9 * dx, y - 9 * dy);
        let (side_x, side_y) = (5 * dy, 5 * dx);
        let _ = writeln!(
            out,
            "<polygon points=\"{x},{y} {},{} {},{}\" fill=\"{WIRE}\" stroke=\"none\"/>",
            back_x + side_x,
            back_y + side_y,
            back_x - side_x,
            back_y - side_y
        );
    }
}

fn block(out: &mut String, block: &Block) {
    out.push_str("<g>");
    if let Some(told) = &block.told {
        let _ = write!(out, "<title>{}</title>", escaped(told));
    }
    let Block { x, y, w, h, fill, stroke, weight, .. } = block;
    let dashes = if block.dashed { " stroke-dasharray=\"6 4\"" } else { "" };
    let paint = format!("fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{weight}\"{dashes}");
    let bare = block.fill == "#ffffff" && block.stroke == "#ffffff";
    match block.outline {
        Outline::Box if bare => {}
        Outline::Box => {
            let _ = write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"5\" {paint}/>");
        }
        Outline::Arrow => {
            let (right, shoulder, bottom, middle) = (x + w, x + w - POINT, y + h, y + h / 2);
            let _ = write!(
                out,
                "<polygon points=\"{x},{y} {shoulder},{y} {right},{middle} {shoulder},{bottom} {x},{bottom}\" {paint}/>"
            );
        }
        Outline::Disc => {
            let _ = write!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{}\" {paint}/>", h / 2);
        }
        Outline::Triangle => {
            let (right, bottom, middle) = (x + w, y + h, x + w / 2);
            let _ = write!(out, "<polygon points=\"{middle},{y} {right},{bottom} {x},{bottom}\" {paint}/>");
        }
        Outline::Diamond => {
            let (right, bottom, across, down) = (x + w, y + h, x + w / 2, y + h / 2);
            let _ =
                write!(out, "<polygon points=\"{across},{y} {right},{down} {across},{bottom} {x},{down}\" {paint}/>");
        }
    }
    let mut top = y + (h - block.written()) / 2;
    for line in &block.lines {
        let at = if block.centred { x + PAD + block.room() / 2 } else { x + PAD };
        let anchor = if block.centred { " text-anchor=\"middle\"" } else { "" };
        let bold = if line.bold { " font-weight=\"bold\"" } else { "" };
        // Letters of which the width is only bounded are forced into the bound.
        let forced = if is_measured(&line.text) {
            String::new()
        } else {
            let length = width(&line.text, line.size, line.bold);
            format!(" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"")
        };
        let _ = write!(
            out,
            "<text x=\"{at}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{bold}{anchor}{forced}>{}</text>",
            top + line.size,
            line.size,
            line.ink,
            escaped(&line.text)
        );
        top += line.height();
    }
    out.push_str("</g>\n");
}
