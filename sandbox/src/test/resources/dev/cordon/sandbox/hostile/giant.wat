;; one finding with a label of 16 MiB
(module
  (import "cordon" "found_tag" (func $tag (param i32 i32 f32)))
  (memory (export "memory") 256)
  (func (export "analyse") (result i32)
    (call $tag (i32.const 0) (i32.const 16777216) (f32.const 0.5))
    (i32.const 0)))
