package config

// What evaluation keeps of an object, of a block that a dynamic block makes and of a value that differs between objects,
// in addition to the texts and lists in it.
const (
	objectBytes = 2048
	blockBytes  = 512
	valueBytes  = 64
)

// checkedBytes is how much of a text a step checks.
const checkedBytes = 64

// problemSteps is what a problem costs that is found in an object.
const problemSteps = 100
