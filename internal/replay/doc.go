// Package replay evaluates monitors over a recording as Datadog would have: which would have alerted, when, and whom
// they would have told.
package replay
