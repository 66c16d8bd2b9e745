package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// schema is the part of an OpenAPI schema that gen uses.
type schema struct {
	Ref        string             `yaml:"$ref"`
	Type       string             `yaml:"type"`
	Properties map[string]*schema `yaml:"properties"`
	Required   []string           `yaml:"required"`
	Items      *schema            `yaml:"items"`
	OneOf      []*schema          `yaml:"oneOf"`
	AllOf      []*schema          `yaml:"allOf"`
	AnyOf      []*schema          `yaml:"anyOf"`
	Additional additional         `yaml:"additionalProperties"`
	Enum       []yaml.Node        `yaml:"enum"`
	Default    yaml.Node          `yaml:"default"`
	Nullable   bool               `yaml:"nullable"`
	Deprecated bool               `yaml:"deprecated"`
	ReadOnly   bool               `yaml:"readOnly"`
}

// additional is additionalProperties: a schema, or a bool or {} without information about the type.
type additional struct{ schema *schema }

func (a *additional) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return nil
	}
	a.schema = new(schema)
	return n.Decode(a.schema)
}

// parseSpec returns the schemas of an OpenAPI file by name.
func parseSpec(raw []byte) (map[string]*schema, error) {
	var doc struct {
		Components struct {
			Schemas map[string]*schema `yaml:"schemas"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	if len(doc.Components.Schemas) == 0 {
		return nil, fmt.Errorf("the file has no components.schemas")
	}
	return doc.Components.Schemas, nil
}

// refName is the schema's name in a $ref.
func (s *schema) refName() string { return strings.TrimPrefix(s.Ref, "#/components/schemas/") }

// variants returns the schemas of oneOf and anyOf.
func (s *schema) variants() []*schema { return slices.Concat(s.OneOf, s.AnyOf) }

// enum returns the allowed values of a string. The tables do not use other enums.
func (s *schema) enum() []string {
	if s.Type != "string" {
		return nil
	}
	var values []string
	for _, n := range s.Enum {
		values = append(values, n.Value)
	}
	return values
}

// defaultJSON returns the default as JSON, or "" without one or if it is null.
func (s *schema) defaultJSON() (string, error) {
	if s.Default.IsZero() || s.Default.Tag == "!!null" {
		return "", nil
	}
	if n := s.Default; n.Tag == "!!int" || n.Tag == "!!float" {
		return n.Value, nil
	}
	var v any
	if err := s.Default.Decode(&v); err != nil {
		return "", err
	}
	raw, err := json.Marshal(v)
	return string(raw), err
}
