package evaluate

import "ddmon/internal/series"

// Input is the data and settings to compile a query with.
type Input struct {
	Recording *series.Recording
	Account   *Account
	// Bucket is the bucket length in milliseconds for queries without an explicit rollup.
	Bucket int64
}

// Query is a compiled monitor query.
type Query struct {
	Scalar
	// Step is the bucket length in milliseconds. Whole means that a bucket that starts before the window is excluded. Both
	// apply only to metric queries.
	Step  int64
	Whole bool
	// FillsMissing means that the query uses default_zero or default. Events means that it queries logs or events.
	FillsMissing, Events bool
	// Sample returns the latest log or event of a group before a time; nil for other queries.
	Sample func(group Tags, to int64) Document
}
