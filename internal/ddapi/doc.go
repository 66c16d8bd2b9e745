// Package ddapi speaks with Datadog, or with the sandbox in its place: it lists, reads, writes and validates objects
// as raw JSON. Addresses of sites, authentication and the request itself are made by the core of Datadog's own
// client; its typed models are not used, because they cannot read everything that is out there.
//
// It knows endpoints and markers through package kind and object and nothing of configurations, plans or output.
// It reads no environment. Every text that comes from outside is cleaned of control characters, and of the keys,
// before it is part of an error. The entry point is New; a Client is safe for concurrent use.
package ddapi
