package evaluate

import "ddmon/internal/series"

// Input is what queries are compiled over.
type Input struct {
	Recording *series.Recording
	Account   *Account
	// Bucket is the length of a bucket, in milliseconds, of a query without an explicit rollup.
	Bucket int64
}

// Query is the query of a monitor, compiled.
type Query struct {
	Scalar
	// Step is the length of its buckets, in milliseconds, Whole that one which begins before the window is left out.
	// Both are for queries of metrics.
	Step  int64
	Whole bool
	// Zero says that the query itself puts 0 where there is no data, Events that it looks at logs or the like.
	Zero, Events bool
	// Sample finds the latest log or event of a group before a time; nil for other queries.
	Sample func(group Tags, to int64) Document
}
