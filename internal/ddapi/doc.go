// Package ddapi is a client of Datadog's API and of the sandbox: it lists, reads, writes and validates objects as raw
// JSON. It uses the core of Datadog's own client for authentication and requests, but not its typed models, because
// they cannot represent every object.
//
// Requests are retried if that is safe and can help. A request over a rate limit is always retried, and no other
// request is sent against that limit until then. After a server error or a lost response, reads are retried, and so are
// PUT and DELETE, which are idempotent. A creation is retried only with a check that looks for the object first. A
// write in flight is completed even if the context is done.
//
// Responses are not trusted. Their length, nesting and memory are limited (limits.go), they must have the expected
// structure, and only valid ids become part of a request (ids.go). Anything else is a readable error. In the stack's
// own objects, every field that package kind knows must have its JSON type (fields.go); otherwise ddmon would change
// them for the wrong reasons. Other objects can contain anything, so that they do not block planning, unless their
// ownership is unclear: the marker cannot be read, and the object is listed as the stack's, names the stack, or has the
// name of a missing object.
//
// The package knows endpoints and markers from packages kind and object. It does not depend on configuration, plans or
// output, and reads neither environment nor clock. Control characters and keys are removed from external strings before
// they appear in an error or in Config.Trace. The entry point is New. A Client is safe for concurrent use.
package ddapi
