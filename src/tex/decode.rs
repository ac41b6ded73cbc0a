//! LaTeX to text.
