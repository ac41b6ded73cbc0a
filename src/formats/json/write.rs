//! From items to JSON.

use crate::format::{Frame, Writer};
use crate::record::{Head, Passage, canon};
use crate::write::{Outgoing, Writing};

pub(super) const JSON: Writer = Writer {
    frame: Frame { open: "[\n", between: ",\n", close: "\n]\n", empty: "[]\n", tight: false },
    needs_key: false,
    tex_keys: false,
    record: |out, writing| record(out, writing, true),
    passage,
    head,
    page: None,
};

pub(super) const JSONL: Writer = Writer {
    frame: Frame { open: "", between: "\n", close: "\n", empty: "", tight: false },
    record: |out, writing| record(out, writing, false),
    ..JSON
};

fn record(out: &mut Outgoing<'_, '_>, writing: &mut Writing<'_>, pretty: bool) {
    canon::write_record(writing.out, out.take_everything(), pretty);
}

fn passage(passage: &Passage, writing: &mut Writing<'_>) -> bool {
    let out = &mut *writing.out;
    out.push_str("{\"passage\":");
    canon::write_string(out, &passage.raw);
    out.push_str(",\"family\":");
    canon::write_string(out, &passage.family);
    for (is_so, member) in
        [(passage.goes_on, "goes-on"), (passage.tight, "tight"), (passage.restated, "restated")]
    {
        if is_so {
            out.push(',');
            canon::write_string(out, member);
            out.push_str(":true");
        }
    }
    out.push('}');
    true
}

fn head(head: &Head, writing: &mut Writing<'_>) -> bool {
    let out = &mut *writing.out;
    out.push_str("{\"head\":");
    canon::write_string(out, &head.raw);
    out.push_str(",\"family\":");
    canon::write_string(out, &head.family);
    out.push_str(",\"entries\":{");
    for (at, (name, value)) in head.entries.iter().enumerate() {
        out.push_str(if at > 0 { "," } else { "" });
        canon::write_string(out, name);
        out.push(':');
        canon::write_string(out, value);
    }
    out.push_str(if head.restated { "},\"restated\":true}" } else { "}}" });
    true
}
