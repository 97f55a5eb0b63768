;; a label that nobody asked for and nobody may have
(module
  (import "cordon" "found_tag" (func $tag (param i32 i32 f32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "angry man")
  (func (export "analyse") (result i32)
    (call $tag (i32.const 0) (i32.const 9) (f32.const 0.9))
    (i32.const 0)))
