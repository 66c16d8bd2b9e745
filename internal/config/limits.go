package config

// MaxFileBytes is the size of each file that is read.
const MaxFileBytes = 16 << 20
