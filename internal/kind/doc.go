// Package kind describes the kinds of objects, mostly as data: fields (generated from Datadog's OpenAPI file), an
// overlay with facts that are not in that file (server defaults, read-only and unmanaged fields, sets, references), the
// endpoint, the location of the ownership marker, and a few pure functions. It does no I/O and does not depend on HCL
// or plans.
//
// The tables do not restrict what users can write: a field that is not in them can be sent and is preserved. Start
// reading at Kind and Type; All lists the kinds.
package kind
