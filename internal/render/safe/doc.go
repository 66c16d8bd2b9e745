// Package safe holds the text types of all output. Text from outside (Datadog, files, names, messages, errors) can
// contain characters that control a terminal or change the direction of the surrounding text. A Text contains none: it
// is a constant of the program, or comes from Line or Lines, which write these characters as visible escapes. Output
// functions accept only Text, so a missing call does not compile. Only this package can convert a string to one of its
// types; a test rejects conversions elsewhere.
//
// It does not handle sensitive values: the types of plans and diagnostics that renderers accept guarantee that these
// were removed. It imports no other ddmon package, and its only I/O is Writer. Start reading at Text.
package safe
