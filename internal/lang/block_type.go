package lang

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// BlockType describes the blocks of a type, or a file, to their parser and to users: the parser accepts the attributes,
// values and nested blocks that it lists, and `ddmon schema` prints it. It must not be changed.
type BlockType struct {
	// Name is the type of the blocks.
	Name string
	// Text says what the block is for.
	Text string
	// Label is the meaning of the label; empty if the blocks have no label.
	Label string
	// LabelOptional means that a block can have no label.
	LabelOptional bool
	// Example is a complete block or file.
	Example    string
	Attributes []AttributeType
	// Named describes attributes whose names users choose, such as those of locals; nil if there are no such names.
	Named  *AttributeType
	Blocks []NestedType
	// Keys are the keys of the JSON object in each line of the file that the label names.
	Keys []AttributeType
}

// NestedType is a type of block inside of a block.
type NestedType struct {
	*BlockType
	Required bool
	// Repeated means that there can be several of them.
	Repeated bool
}

// AttributeType describes an attribute.
type AttributeType struct {
	Name string
	// Type is the type of the value, such as TextType.
	Type     string
	Required bool
	// Default is the value of an attribute that is not set: a string, a bool or a list of strings. It is nil if Unset says
	// what applies instead.
	Default any
	// Unset says what a missing attribute means, if that is not a value.
	Unset string
	// Unit is the unit of a number.
	Unit string
	// Values are the allowed values; empty if all values of the type are allowed.
	Values []string
	// Text is the meaning of the attribute.
	Text string
	// Example is an expression that is valid in every block of the type, together with its Example.
	Example string
}

// The types of attributes, as users read them.
const (
	TextType     = "string"
	FlagType     = "bool"
	NumberType   = "number"
	TextsType    = "list of string"
	DurationType = "duration"
	TimeType     = "time"
	ObjectType   = "object"
	AnyType      = "any"
)

// AttributeNames returns the names of the attributes, in the order of the description.
func (b *BlockType) AttributeNames() []string {
	names := make([]string, len(b.Attributes))
	for i := range b.Attributes {
		names[i] = b.Attributes[i].Name
	}
	return names
}

// BlockNames returns the types of the nested blocks.
func (b *BlockType) BlockNames() []string {
	names := make([]string, len(b.Blocks))
	for i := range b.Blocks {
		names[i] = b.Blocks[i].Name
	}
	return names
}

// KeyNames returns the keys of the lines of the block's file.
func (b *BlockType) KeyNames() []string {
	names := make([]string, len(b.Keys))
	for i := range b.Keys {
		names[i] = b.Keys[i].Name
	}
	return names
}

// Attribute returns the description of an attribute, which must exist.
func (b *BlockType) Attribute(name string) *AttributeType {
	i := slices.IndexFunc(b.Attributes, func(a AttributeType) bool { return a.Name == name })
	return &b.Attributes[i]
}

// form shows how to write the attribute.
func (a *AttributeType) form() string {
	if a.Type == ObjectType {
		return a.Name + " = { ... }"
	}
	return a.Name + " = ..."
}

// DefaultText returns the default of an attribute, which must be a string.
func (b *BlockType) DefaultText(name string) string { return b.Attribute(name).Default.(string) }

// Schema returns the attributes and blocks for HCL's decoder.
func (b *BlockType) Schema() *hcl.BodySchema {
	schema := &hcl.BodySchema{}
	for _, a := range b.Attributes {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: a.Name, Required: a.Required})
	}
	for _, inner := range b.Blocks {
		header := hcl.BlockHeaderSchema{Type: inner.Name}
		if inner.Label != "" {
			header.LabelNames = []string{inner.Label}
		}
		schema.Blocks = append(schema.Blocks, header)
	}
	return schema
}

// All returns the type and the types of the blocks in it.
func (b *BlockType) All() []*BlockType {
	all := []*BlockType{b}
	for _, inner := range b.Blocks {
		all = append(all, inner.All()...)
	}
	return all
}
