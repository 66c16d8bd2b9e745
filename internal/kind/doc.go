// Package kind holds all that ddmon knows of a kind of object, mostly as data: its fields (generated from
// Datadog's OpenAPI file), an overlay of what that file does not say (defaults of the server, read-only and
// unmanaged fields, which lists are sets, what refers to what), its endpoint, where its marker lives, and a few
// pure functions. It does no I/O and knows no HCL evaluation and no plan.
//
// It is knowledge, never permission: a field that the tables do not know can be sent and is carried over. Start
// reading at Kind and Type; All lists the kinds.
package kind
